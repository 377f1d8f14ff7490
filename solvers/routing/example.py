"""A small delivery day from two depots: windows, a lift, a prize, visits that must be left."""

from solvers.scenario.delivery import Routing, Vehicle, Visit
from solvers.scenario.document import Scenario
from solvers.scenario.movement import Circuity
from solvers.scenario.place import Site

# town, degrees north and east, kg, window in hours after midnight
_TOWNS = (
    ("Augsburg", 48.37, 10.90, 900.0, 7.0, 12.0),
    ("Ulm", 48.40, 9.99, 700.0, 8.0, 14.0),
    ("Ingolstadt", 48.76, 11.42, 800.0, 7.0, 11.0),
    ("Landshut", 48.54, 12.15, 600.0, 9.0, 15.0),
    ("Rosenheim", 47.86, 12.12, 500.0, 7.0, 16.0),
    ("Kempten", 47.73, 10.31, 650.0, 8.0, 16.0),
    ("Regensburg", 49.02, 12.10, 750.0, 8.0, 12.0),
    ("Passau", 48.57, 13.46, 400.0, 10.0, 15.0),
    ("Nuremberg", 49.45, 11.08, 1200.0, 8.0, 16.0),
    ("Bamberg", 49.90, 10.90, 500.0, 9.0, 15.0),
    ("Ansbach", 49.30, 10.57, 450.0, 8.0, 16.0),
    ("Weiden", 49.68, 12.16, 350.0, 8.0, 16.0),
)


def delivery_scenario() -> Scenario:
    """Sixteen visits from Munich and Fuerth; two cannot be made, one does not pay."""
    visits = [
        Visit(
            code=f"V-{name.upper()}",
            latitude=north,
            longitude=east,
            load=load,
            service_h=0.4,
            window_start_h=start,
            window_end_h=end,
        )
        for name, north, east, load, start, end in _TOWNS
    ]
    visits += [
        Visit(code="V-ETCHER", latitude=48.26, longitude=11.43, load=800.0, skills=("lift",)),
        Visit(code="V-VACUUM-OVEN", latitude=48.06, longitude=11.61, load=4000.0),
        Visit(code="V-BERLIN", latitude=52.52, longitude=13.40, load=100.0, window_end_h=10.0),
        Visit(code="V-SALZBURG", latitude=47.80, longitude=13.05, load=100.0, prize=15.0,
              required=False),
    ]  # fmt: skip
    return Scenario(
        title="Last mile",
        note="One day of deliveries in Bavaria; loads in kg, times after midnight.",
        sites=(
            Site(code="DC-MUNICH", kind="dc", latitude=48.14, longitude=11.58, country="DE"),
            Site(code="DC-FUERTH", kind="dc", latitude=49.48, longitude=10.99, country="DE"),
        ),
        circuities=(Circuity(country="DE", mode="road", factor=1.25),),
        routing=Routing(vehicles=_fleet(), visits=tuple(visits)),
    )


def _fleet() -> tuple[Vehicle, ...]:
    return (
        Vehicle(code="TRUCK", depot="DC-MUNICH", count=2, capacity="3 t", fixed_cost=120.0,
                cost_per_distance=0.9, cost_per_hour=24.0, shift_start_h=6.0, shift_end_h=16.0,
                speed_km_per_h=60.0, skills=("lift",)),
        Vehicle(code="VAN", depot="DC-MUNICH", count=2, capacity=1200.0, fixed_cost=60.0,
                cost_per_distance=0.5, cost_per_hour=22.0, shift_start_h=6.0, shift_end_h=16.0,
                max_distance=500.0, speed_km_per_h=70.0),
        Vehicle(code="TRUCK-N", depot="DC-FUERTH", count=1, capacity="3 t", fixed_cost=120.0,
                cost_per_distance=0.9, cost_per_hour=24.0, shift_start_h=7.0, shift_end_h=17.0,
                speed_km_per_h=60.0),
    )  # fmt: skip
