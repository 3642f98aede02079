"""The report of a run: one HTML file that opens from disk with no network.

May not: run anything, read anything but the run directory, or import a front end or an executor. All text from scripts and
agents is data: the page holds it in one JSON island and shows it as text, and its Content-Security-Policy lets nothing else
run or load.
"""
