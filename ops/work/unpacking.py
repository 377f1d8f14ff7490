"""How much a file may unpack to, as the settings say."""

from ops.ingest.unpacking import Unpacking
from ops.settings import Settings

SWELLING = 4  # times the limit of a file that is read into the memory as a whole


def of_stream(settings: Settings) -> Unpacking:
    """Limits of a file that is read and stored in chunks."""
    return Unpacking(settings.max_sheet_mb, settings.max_unpacked_mb)


def of_dataset(settings: Settings) -> Unpacking:
    """Limits of a file of a dataset."""
    most = SWELLING * settings.max_dataset_mb
    return Unpacking(settings.max_sheet_mb, most, f"LONGRUN_MAX_DATASET_MB ({SWELLING} times it)")


def of_life_test(settings: Settings) -> Unpacking:
    """Limits of a file of a life test."""
    most = SWELLING * settings.max_life_test_mb
    return Unpacking(settings.max_sheet_mb, most, f"LONGRUN_MAX_LIFE_TEST_MB ({SWELLING} times it)")
