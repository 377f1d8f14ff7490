"""A history with a planted tariff: 80 a shipment and 1.5 a unit."""

from datetime import date, timedelta
from typing import Any

import numpy as np

DAY = date(2026, 1, 5)
PLACES = {"S": (50.0, 8.0), "C1": (48.1, 11.6), "C2": (48.2, 11.5), "C3": (52.5, 13.4)}


def rows(n: int = 40) -> dict[str, list[dict[str, Any]]]:
    rng = np.random.default_rng(5)
    shipments, orders = [], []
    for i in range(n):
        for place, customer in enumerate(("C1", "C2", "C3")):
            quantity = float(rng.integers(10, 60)) * (place + 1)
            day = (DAY + timedelta(days=3 * i)).isoformat()
            shipments.append(
                {
                    "date": day, "origin": "S", "destination": customer, "mode": "road",
                    "commodity": f"G{i % 2}", "quantity": quantity, "lead_days": 2 + i % 3,
                    "transport_cost": 80.0 + 1.5 * quantity, "weight": 2 * quantity,
                    "duty_cost": 0.1 * quantity,
                }
            )  # fmt: skip
            orders.append(
                {"day": day, "customer": customer, "sku": f"G{i % 2}", "quantity": quantity}
            )
    sites = [{"code": c, "latitude": a, "longitude": b, "country": "DE"}
             for c, (a, b) in PLACES.items()]  # fmt: skip
    stocks = [
        {"date": "2026-01-01", "site": "C1", "commodity": "G0", "quantity": 7},
        {"date": "2026-02-01", "site": "C1", "commodity": "G0", "quantity": 9},
    ]
    return {"shipments": shipments, "orders": orders, "sites": sites, "stocks": stocks}
