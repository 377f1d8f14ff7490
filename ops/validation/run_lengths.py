"""Run lengths of charts: the published tables, and independent figures to more digits."""

from collections.abc import Iterator
from functools import partial

from ops.spc.run_length.chain import arl
from ops.spc.run_length.cusum import CusumScheme, cusum_arl, cusum_h
from ops.spc.run_length.ewma import ewma_arl
from ops.spc.run_length.individuals import individuals_arl
from ops.spc.run_length.mewma import mewma_arl
from ops.spc.run_length.shewhart import signal_probability
from ops.spc.run_length.variance import variance_ewma_arl
from ops.validation.case import Case, Tolerance, printed, significant
from ops.validation.published import entry

_SIX = Tolerance("an independent integral equation, printed to 6 decimals", 6e-7, 1e-8)

_RIGDON = {
    0.25: Tolerance("the distance is nominal, limits are printed to 2 decimals", relative=3e-3),
    0.1: Tolerance(
        "the same; the limit for 1000 is 0.033 higher than the equation's", relative=0.016
    ),
}


def cases() -> Iterator[Case]:
    """Cases of Shewhart, EWMA, CUSUM and combined charts."""
    yield from _ewma()
    yield from _cusum()
    yield from _hawkins()
    yield from _others()


def _ewma() -> Iterator[Case]:
    crowder = Tolerance("2 printed decimals; the last one is off by one at one shift", 5.5e-3)
    for name, print_ in (("lucas_saccucci", significant(3)), ("crowder", crowder)):
        found = entry("run_length", f"arl_ewma_{name}_lam0.5")
        of, shifts = found["inputs"], found["inputs"]["shift_sigma"]
        title = f"EWMA, lambda {of['lambda']}, limits at {of['L']}: {len(shifts)} shifts"
        obtain = partial(_ewma_arls, of["lambda"], of["L"], shifts)
        for part, tolerance in (("published", print_), ("high_precision", _SIX)):
            yield Case(
                f"run_length/arl_ewma_{name}_lam0.5/{part}",
                title,
                found["source"],
                tuple(found["expected"][part]),
                tolerance,
                obtain,
                "points",
            )
    found = entry("run_length", "arl_ewma_sasqc")
    yield Case(
        "run_length/arl_ewma_sasqc",
        "EWMA, lambda 0.25, limits at 3, shift of 1 sigma",
        found["source"],
        (found["expected"],),
        printed(9),
        partial(_ewma_arls, 0.25, 3.0, [1.0]),
        "points",
    )


def _ewma_arls(lambda_: float, width: float, shifts: list[float]) -> list[float]:
    return [ewma_arl(lambda_=lambda_, width=width, shift=s) for s in shifts]


def _cusum() -> Iterator[Case]:
    lucas = entry("run_length", "arl_cusum_lucas_crosier")
    book = entry("run_length", "arl_cusum_montgomery_h5")
    three = significant(3)
    chain = Tolerance("3 printed digits; the last one is off by one at one shift", 5.5e-3, digits=3)
    for found, name, part, h, start, tolerance in (
        (lucas, "arl_cusum_lucas_crosier", "published_hs0", 4, 0, three),
        (lucas, "arl_cusum_lucas_crosier", "published_hs2", 4, 2, chain),
        (lucas, "arl_cusum_lucas_crosier", "hp_hs0", 4, 0, _SIX),
        (lucas, "arl_cusum_lucas_crosier", "hp_hs2", 4, 2, _SIX),
        (book, "arl_cusum_montgomery_h5", "published_h4", 4, 0, three),
        (book, "arl_cusum_montgomery_h5", "published_h5", 5, 0, three),
        (book, "arl_cusum_montgomery_h5", "hp_h5", 5, 0, _SIX),
    ):
        shifts = found["inputs"]["shift_sigma"]
        yield Case(
            f"run_length/{name}/{part}",
            f"CUSUM, k 0.5, h {h}, headstart {start}: {len(shifts)} shifts",
            found["source"],
            tuple(found["expected"][part]),
            tolerance,
            partial(_cusum_arls, h, start, shifts),
            "points",
        )
    manual = entry("run_length", "arl_cusum_sasqc")
    yield Case(
        "run_length/arl_cusum_sasqc",
        "One-sided CUSUM, k 0.25, h 8, headstart 0 and 0.1, shift of 2.5 sigma",
        manual["source"],
        tuple(manual["expected"]["published"]),
        Tolerance("its last digits are off by 2.5e-8 from the converged equation", relative=3e-8),
        partial(_one_sided, manual["inputs"]["headstart"]),
        "points",
    )


def _cusum_arls(h: float, headstart: float, shifts: list[float]) -> list[float]:
    return [cusum_arl(k=0.5, h=h, shift=s, headstart=headstart) for s in shifts]


def _one_sided(headstarts: list[float]) -> list[float]:
    return [arl(CusumScheme(0.25, 8.0, start, 1), 2.5) for start in headstarts]


def _hawkins() -> Iterator[Case]:
    found = entry("run_length", "arl_cusum_hawkins_370")
    k, h = found["expected"]["table"]["k"], found["expected"]["table"]["h"]
    yield Case(
        "run_length/arl_cusum_hawkins_370/h",
        f"CUSUM designs h with a false alarm in 370 points, k {k[0]} to {k[-1]}",
        found["source"],
        tuple(h),
        Tolerance("the table rounds h so that the distance is 368.6 to 376.3", 0.02),
        lambda: [cusum_h(370.0, k=x) for x in k],
        "sigma",
    )
    yield Case(
        "run_length/arl_cusum_hawkins_370/arl0",
        "Distance of false alarms at these printed designs",
        f"Recomputed at the printed h. {found['source']}",
        tuple(found["expected"]["ARL0_recomputed"]),
        printed(2),
        lambda: [cusum_arl(k=x, h=y) for x, y in zip(k, h, strict=True)],
        "points",
    )


def _others() -> Iterator[Case]:
    power = entry("run_length", "chart_power_shewhart_xbar")
    yield Case(
        "run_length/chart_power_shewhart_xbar",
        "Chart of means, shift of 1 sigma, subgroups of 1, 4 and 5",
        power["source"],
        tuple(power["expected"]["ARL1"]),
        printed(4),
        lambda: [1.0 / signal_probability(3.0, 1.0, n=n) for n in power["inputs"]["n"]],
        "points",
    )
    both = entry("run_length", "arl_imr_crowder")
    yield Case(
        "run_length/arl_imr_crowder",
        f"Individuals at 2 and moving ranges at 3: {len(both['expected'])} shifts",
        both["source"],
        tuple(both["expected"]),
        Tolerance("the listing integrates by a coarse rule: 3 digits", relative=1e-3),
        lambda: [individuals_arl(width=2, range_limit=3, shift=m) for m in both["inputs"]["mu"]],
        "points",
    )
    of = entry("run_length", "arl_sewma_knoth")
    yield Case(
        "run_length/arl_sewma_knoth",
        f"EWMA of variances, lambda 0.15: {len(of['expected'])} standard deviations",
        of["source"],
        tuple(of["expected"]),
        Tolerance("3 printed digits, at a limit rounded to 4 decimals", relative=7e-4, digits=3),
        lambda: [
            variance_ewma_arl(lambda_=0.15, width=2.4831, df=4, ratio=s)
            for s in of["inputs"]["sigma"]
        ],
        "points",
    )
    many = entry("run_length", "arl_mewma_rigdon")
    for given in many["inputs"]["cases"]:
        yield Case(
            f"run_length/arl_mewma_rigdon/{given['lambda']}",
            f"Multivariate EWMA, lambda {given['lambda']}: distance of false alarms at 6 limits",
            many["source"],
            tuple(many["expected"]["ARL0"]),
            _RIGDON[given["lambda"]],
            partial(_mewma, given["lambda"], given["h4"]),
            "points",
        )


def _mewma(lambda_: float, limits: list[float]) -> list[float]:
    return [mewma_arl(lambda_=lambda_, limit=h, dims=2) for h in limits]
