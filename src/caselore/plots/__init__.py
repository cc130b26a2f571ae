"""Charts: each module makes one Vega-Lite specification, which files, the web application and notebooks draw alike."""
