"""Hook: refuses files over 1 MB. Models, databases and downloads do not belong in the repository."""

import sys
from pathlib import Path

MOST_BYTES = 1_000_000

if __name__ == "__main__":
    heavy = [name for name in sys.argv[1:] if Path(name).stat().st_size > MOST_BYTES]
    sys.exit(f"over 1 MB: {', '.join(heavy)}" if heavy else 0)
