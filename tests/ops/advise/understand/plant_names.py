"""Names of a small plant with two sites, a network, life tests and models."""

from ops.advise.question import AboutKind, Named

_PACKAGES = ("QFN32-CU20", "QFN32-AU25", "BGA144-AU25")


def _of(kind: AboutKind, site: str | None, *pairs: tuple[str, str]) -> tuple[Named, ...]:
    return tuple(Named(kind=kind, code=code, title=title, site=site) for code, title in pairs)


def _characteristics(site: str) -> tuple[Named, ...]:
    of = [(f"LOOP-{p}", f"Loop height {p.replace('-', ' ')}") for p in _PACKAGES]
    of += [(f"PULL-{p}", f"Bond pull {p.replace('-', ' ')}") for p in _PACKAGES]
    of += [("NSOP", "Wires that do not stick"), ("GAUGE-MASTER", "Reference step")]
    return _of("characteristic", site, *of)


NAMES: tuple[Named, ...] = (
    *(Named(kind="site", code=c, title=t, site=c) for c, t in (
        ("DEMO-PG", "Penang (simulated)"),
        ("DEMO-DR", "Dresden (simulated)"),
        ("DEMO-NET", "Supply network (simulated)"),
    )),
    *_of("tool", "DEMO-PG", *((f"WB-{n:02}", f"Bonder {n:02}, QFN32-CU20") for n in range(1, 15)),
         ("OPT-1", "3-D optical gauge"), ("XR-1", "X-ray gauge")),
    *_of("tool", "DEMO-DR", *((f"WB-{n:02}", f"Bonder {n:02}, QFN32-AU25") for n in range(15, 25)),
         ("OPT-3", "3-D optical gauge"), ("XR-2", "X-ray gauge")),
    *_characteristics("DEMO-PG"),
    *_characteristics("DEMO-DR"),
    *_of("characteristic", "DEMO-NET", ("DEMAND", "Demand of customers")),
    *_of("model", "DEMO-PG", ("loop-heights", "Loop heights from signals"),
         ("lifted-balls", "Lifted balls from signals of the bonder")),
    *_of("dataset", "DEMO-PG", ("loop-heights", "Loop heights and the signals of their bonds"),
         ("bond-defects", "Bonds and what the inspection found")),
    *_of("life-test", "DEMO-PG",
         ("HTS-QFN32-CU20", "High-temperature storage of QFN32-CU20 (simulated)"),
         ("BOND-HEADS", "Repairs of bond heads (simulated)"),
         ("FIELD-SOIC8-AU25", "Field returns of SOIC8-AU25 (simulated)")),
    *_of("scenario", "DEMO-NET", ("DEMO-NET", "Demo network, the next 13 weeks")),
    *_of("alert", "DEMO-PG", ("17", ""), ("110", "")),
)  # fmt: skip
