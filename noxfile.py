"""
Every check of the project: `nox` runs those that a change must pass, `nox -l` lists all.

Interpreters and dependencies are read from pyproject.toml. An interpreter counts
as present if it answers; a name on the PATH alone may be a stub that fails.
"""

import os
import shutil
import subprocess
from pathlib import Path

import nox

os.environ["UV_PYTHON_DOWNLOADS"] = "never"
os.environ.setdefault("PYTHONUTF8", "1")

PYPROJECT = nox.project.load_toml("pyproject.toml")
DECLARED = nox.project.python_versions(PYPROJECT)


def answers(version: str) -> bool:
    """Whether this interpreter is here and runs."""
    found = shutil.which(f"python{version}")
    return bool(found) and subprocess.run([str(found), "-c", ""], capture_output=True, check=False).returncode == 0


PYTHONS = [version for version in DECLARED if answers(version)]
NEWEST, OLDEST = PYTHONS[-1], PYTHONS[0]

# Ten examples of each property: where the same tests have run before with more.
PARALLEL = ("-n", "auto")  # a worker for each core
SMOKE = {"HYPOTHESIS_PROFILE": "smoke"}
# What the session `laws` tries with many examples, and what looks at every public name with arbitrary values.
LONG = ("--ignore", "tests/laws", "--ignore", "tests/test_arbitrary_values.py")

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["lint", "types", "tests", "laws", "wheel", "lowest", "notebooks", "docs"]

for absent in (version for version in DECLARED if version not in PYTHONS):
    print(f"nox: Python {absent} does not answer here; its sessions are skipped")


def groups(*names: str) -> list[str]:
    """What the dependency groups of these names ask for."""
    return list(nox.project.dependency_groups(PYPROJECT, *names))


@nox.session(python=NEWEST)
def demo(session: nox.Session) -> None:
    """The main job of the README: sell places of two events on a SQLite file."""
    session.install(".[sql]")
    session.run("paidevents", "demo")


@nox.session(python=NEWEST)
def lint(session: nox.Session) -> None:
    """Style, dead code, banned calls; imports point down; every dependency is declared and used."""
    session.install("-e", ".[all]", *groups("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("lint-imports")
    session.run("deptry", "src")


@nox.session(python=NEWEST)
def types(session: nox.Session) -> None:
    """Two type checkers, strict."""
    session.install("-e", ".[all]", *groups("types", "bench", "docs"))
    session.run("mypy")
    session.run("pyright")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """All tests, every branch covered; then once more with asserts switched off."""
    session.install("-e", ".[all]", *groups("test"))
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *PARALLEL, *session.posargs)
    session.run("coverage", "combine", "-q")
    session.run("coverage", "report")
    quick = ("-q", "-p", "no:cacheprovider", "--deselect", "tests/machine", "-W", "ignore::pytest.PytestConfigWarning")
    without_asserts = ("money", "timing", "catalog", "pricing", "registration", "payments", "cli", "box_office")
    session.run(
        "python", "-O", "-m", "pytest", *PARALLEL, *quick, *(f"tests/{name}" for name in without_asserts), env=SMOKE
    )


@nox.session(python=NEWEST)
def laws(session: nox.Session) -> None:
    """The property tests of the laws, with more examples; many more with HYPOTHESIS_PROFILE=thorough."""
    session.install("-e", ".[all]", *groups("test"))
    profile = {"HYPOTHESIS_PROFILE": os.environ.get("HYPOTHESIS_PROFILE", "deep")}
    session.run("pytest", "-q", *PARALLEL, "tests/laws", *session.posargs, env=profile)


@nox.session(python=NEWEST)
def wheel(session: nox.Session) -> None:
    """The tests against the built wheel, in a folder without the source; what the README promises, from there."""
    work = Path(session.create_tmp()).resolve()
    shutil.rmtree(work / "dist", ignore_errors=True)
    session.install("build", "uv")
    session.run("python", "-m", "build", "--installer", "uv", "--outdir", str(work / "dist"))
    (built,) = (work / "dist").glob("*.whl")
    session.install(f"{built}[all]", *groups("test"))
    elsewhere = work / "elsewhere"
    shutil.rmtree(elsewhere, ignore_errors=True)
    elsewhere.mkdir()
    for name in ("tests", "docs", "examples", "README.md", "pyproject.toml", ".ci"):
        source = Path(name)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, elsewhere / name)
    with session.chdir(elsewhere):
        session.run("pytest", "-q", *PARALLEL, *LONG, env=SMOKE)


@nox.session(python=OLDEST)
def lowest(session: nox.Session) -> None:
    """The lowest versions that we declare, on the oldest interpreter."""
    session.install("--resolution", "lowest-direct", ".[all]")
    session.install(*groups("test"))
    session.run("pytest", "-q", *PARALLEL, *LONG, env=SMOKE)


@nox.session(python=NEWEST)
def notebooks(session: nox.Session) -> None:
    """Run every notebook anew; what it prints is what is committed with it. `-- --write` writes it down."""
    session.install(".[all]", *groups("notebooks"))
    session.run("python", "-m", "notebooks", *session.posargs, env={"PYTHONPATH": "tests"})


@nox.session(python=NEWEST)
def docs(session: nox.Session) -> None:
    """The site, every warning an error: build/docs/index.html."""
    session.install("-e", ".[all]", *groups("docs"))
    session.run("sphinx-build", "-W", "--keep-going", "-q", "-E", "-b", "html", "docs", "build/docs")


@nox.session(python=NEWEST)
def bench(session: nox.Session) -> None:
    """How fast, as ratios to something timed in the same run."""
    session.install(".[all]", *groups("bench"))
    session.run("python", "-m", "bench", *session.posargs, env={"PYTHONPATH": "tests"})


@nox.session(python=NEWEST)
def generate(session: nox.Session) -> None:
    """Write the files that are made from data: currencies, provider rules, catalogs, diagrams, reference pages."""
    session.install("-e", ".[all]", *groups("test"))
    session.run("python", "-m", "generators", env={"PYTHONPATH": "tests"})
