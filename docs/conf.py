"""The documentation site: `sphinx-build -W --keep-going -b html docs build/site`."""

import logging
import sys
from importlib.metadata import version as installed
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells whatever it loads

project = "paidevents"
author = "The paidevents authors"
version = release = installed("paidevents")

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "myst_nb",
    "docstrings",
    "drawings",
    "gallery",
    "outside",
]
exclude_patterns = ["_build", "_ext", "_static"]

# Docstrings say types in the signature and meanings in the text; names in backticks are objects of ours.
default_role = "py:obj"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
toc_object_entries_show_parents = "hide"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_custom_sections = [("Attributes", "params_style"), ("Source", "returns_style")]

myst_enable_extensions = ["attrs_block", "attrs_inline", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "off"

html_theme = "furo"
html_title = "paidevents"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_favicon = "_static/logo.svg"
html_show_sourcelink = False
html_show_copyright = False
pygments_dark_style = "github-dark"
html_copy_source = False
html_theme_options = {
    "light_logo": "logo.svg",
    "dark_logo": "logo.svg",
    "light_css_variables": {
        "color-brand-primary": "#0b6b52",
        "color-brand-content": "#0b6b52",
        "color-brand-visited": "#0b6b52",
    },
    "dark_css_variables": {
        "color-brand-primary": "#5fd0a8",
        "color-brand-content": "#5fd0a8",
        "color-brand-visited": "#5fd0a8",
    },
}
