"""The database room: models, migrations, repositories and the columnar hot path."""
