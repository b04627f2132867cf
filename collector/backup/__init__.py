"""A copy of sites in a folder, made while everything runs, and the way back.

===================================================  ========================================================
file                                                 holds
===================================================  ========================================================
``manifest.json``                                    everything else: see manifest.py. Written last
``<site>.<n>/segments/<name>.parquet``               a segment, byte for byte as the store has it
``<site>.<n>/log.ndjson``                            the log's unsealed entries, one a line: see entry_line.py
``<site>.<n>/dead.ndjson``                           the dead letters, in the same form
===================================================  ========================================================
"""
