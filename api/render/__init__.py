"""Page values to HTML, ECharts options and the reader's language; no data is fetched here."""
