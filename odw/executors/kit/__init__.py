"""The conformance kit: the same cases for every executor, with a stand-in program in place of the real one.

``odw executors test NAME`` runs it, and so do odw's own tests; docs/executors/conformance.md says how an executor of another
package is put through it. May not: know of one executor more than its dialect, which is how its program speaks.
"""
