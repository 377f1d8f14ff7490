"""The Python client of the API: `from api.client.longrun import Longrun`."""
