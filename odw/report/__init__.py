"""The report of a run: one HTML file that opens from disk with no network.

May not: run anything, read anything but the run directory, or import a front end or an executor. All text from scripts and
agents is data: jinja2's autoescape is on, and the page has no script at all, which its Content-Security-Policy states.
"""
