"""`python -m paidevents` is the command `paidevents`."""

import sys

from paidevents.cli import main

sys.exit(main())
