"""Process capability kernels."""
