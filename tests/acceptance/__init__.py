"""What a plant does with a running service; a package, as its tests share one."""
