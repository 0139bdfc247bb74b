"""Hypothesis profiles."""

import os
from typing import Any

from hypothesis import HealthCheck, settings

# In CI, and where only a few are tried, the examples are the same every time: a red run means that something was changed.
SAME: dict[str, Any] = {"derandomize": True, "database": None}
IN_CI = "CI" in os.environ

settings.register_profile("quick", max_examples=30, deadline=None)
settings.register_profile("smoke", max_examples=10, deadline=None, **SAME)
for name, examples in (("deep", 50), ("thorough", 400)):
    settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        **(SAME if IN_CI else {}),
    )
settings.register_profile("ci", max_examples=15, deadline=None, **SAME)  # the laws are tried with more
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "quick"))
