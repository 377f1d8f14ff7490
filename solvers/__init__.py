"""Network design, flow, routing and inventory models; a library that stands alone."""
