"""Hypothesis profiles."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("quick", max_examples=30, deadline=None)
settings.register_profile("smoke", max_examples=10, deadline=None, derandomize=True, database=None)
for name, examples in (("deep", 150), ("thorough", 400)):
    settings.register_profile(name, max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# In CI the examples are the same every time: a red run means that something was changed.
settings.register_profile("ci", settings.get_profile("quick"), derandomize=True, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "quick"))
