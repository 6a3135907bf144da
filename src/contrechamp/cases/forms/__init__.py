"""What people type or choose about actions and the law, made valid."""
