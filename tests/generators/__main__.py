"""Write every generated file anew: `nox -s generate`."""

from generators.every import GENERATORS

for generator in GENERATORS:
    for path, content in generator.files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(path)
