"""Arrow's compute functions, which exist only at run time: type checkers take them as they come."""

from typing import Any

import pyarrow.compute

pc: Any = pyarrow.compute
