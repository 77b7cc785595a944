"""How changes travel between laptops, sticks and headquarters."""
