"""The page of a study of serial correlation: lags, charts beside each other, residuals."""

from ops.analyses.serial_correlation_result import SerialCorrelationResult
from ops.page import Figure, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase


def view(result: SerialCorrelationResult) -> Page:
    """Show a study of serial correlation."""
    return Page(
        title="Serial correlation",
        verdicts=(result.verdict,),
        sections=(
            Section(title="Correlation", blocks=(*_figures(result), _lags(result))),
            Section(title="Charts", blocks=(_remedies(result), _advice(result))),
            Section(title="Residuals", blocks=(_residuals(result), _warning(result))),
        ),
    )


def _figures(result: SerialCorrelationResult) -> tuple[Figure, ...]:
    return (
        Figure(
            label="Phi",
            value=result.phi,
            lower=result.phi_lower,
            upper=result.phi_upper,
            decimals=2,
        ),
        Figure(label="Ljung-Box p", value=result.p_value, decimals=4),
        Figure(label="Sigma of moving ranges", value=result.sigma_moving_range, unit=result.unit),
        Figure(label="Marginal sigma", value=result.sigma_marginal, unit=result.unit),
        Figure(label="Points", value=result.points, decimals=0),
        Figure(label="Independent points worth", value=result.effective_points, decimals=0),
    )


def _lags(result: SerialCorrelationResult) -> Chart:
    bound = result.significant_r
    return Chart(
        title="Correlation by lag",
        x=Axis(label="Lag", unit="points"),
        y=Axis(label="Autocorrelation"),
        layers=(
            Layer(
                mark="bars",
                label="autocorrelation",
                x=tuple(float(one.lag) for one in result.lags),
                y=tuple(one.r for one in result.lags),
            ),
            Layer(mark="rule", label="chance", role="limit", y=(-bound, bound)),
        ),
    )


def _remedies(result: SerialCorrelationResult) -> Table:
    columns = (
        Column(label="Chart"),
        Column(label="Sigma", unit=result.unit, decimals=3),
        Column(label="Lower limit", unit=result.unit, decimals=3),
        Column(label="Upper limit", unit=result.unit, decimals=3),
        Column(label="Points to a false alarm", decimals=0),
        Column(label="Points to find 1 sigma", decimals=1),
    )
    rows = tuple(
        (one.name, one.sigma, one.lower, one.upper, one.arl0, one.arl_one_sigma)
        for one in result.remedies
    )
    return Table(title="Charts under this correlation", columns=columns, rows=rows)


def _advice(result: SerialCorrelationResult) -> Text:
    return Text.of(
        Phrase.of(
            "First use the right sigma: the marginal one does not care about the order of points."
        ),
        Phrase.of(
            "Then an EWMA whose limits are calibrated for this correlation: {arl0} points to a"
            " false alarm.",
            arl0=Number(value=result.arl0, decimals=0),
        ),
        Phrase.of("Run lengths are those of a first-order autoregression with this phi."),
    )


def _residuals(result: SerialCorrelationResult) -> Chart:
    three = 3 * result.residual_sigma
    return Chart(
        title="One-step forecast errors",
        x=Axis(label="Time", scale="time"),
        y=Axis(label="Residual", unit=result.unit),
        layers=(
            Layer(mark="points", label="residuals", x=result.ts, y=result.residual),
            Layer(mark="rule", label="3 sigma", role="limit", y=(-three, three)),
            Layer(mark="rule", label="zero", role="center", y=(0.0,)),
        ),
    )


def _warning(result: SerialCorrelationResult) -> Text:
    return Text.of(
        Phrase.of("Residuals beyond 3 sigma: {n}.", n=Number(value=result.residuals_beyond)),
        Phrase.of(
            "A shift that lasts shrinks in the residuals: after its first point {left} of it is"
            " left. A residual chart finds sudden jumps, not lasting shifts.",
            left=Number(value=result.residual_shift_left, percent=True, decimals=0),
        ),
    )
