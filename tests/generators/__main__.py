"""Write every generated file anew: `nox -s generate`."""

from generators import acceptance_table, catalogs, iso4217_table, provider_amounts, state_diagrams

for generator in (iso4217_table, provider_amounts, catalogs, state_diagrams, acceptance_table):
    for path, content in generator.files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(path)
