# %% [markdown]
# # From reports to a curve
#
# The patients are fictional. What comes out describes the reports; it predicts nothing for one patient.

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

from caselore import service
from caselore.model.cohort import Endpoint

# %% [markdown]
# Eight reports come along with the library, in the formats that reports come in.

# %%
folder = TemporaryDirectory()
for name, content in service.example_reports().items():
    (Path(folder.name) / name).write_bytes(content)
reports = [service.read(path) for path in sorted(Path(folder.name).iterdir())]

# %% [markdown]
# One row a patient. A value that is None was not reported, which is not "no".

# %%
for report in reports:
    for row in service.rows(report):
        print(
            f"{report.document.source:18} {row.label:18} {row.age_years:3g} {row.sex:7} {row.margin or '-':3} {row.status}"
        )

# %% [markdown]
# Every value has the words that it was read from, and their place in the file.

# %%
document, patient = reports[0].document, reports[0].cases[0]
for fact in patient.facts[:5]:
    quote = fact.evidence[0]
    assert quote.quote == document.raw[quote.span.start : quote.span.end]
    print(f"{fact.value!s:20} {fact.assertion.value:10} {' '.join(quote.quote.split())}")

# %% [markdown]
# What contradicts itself, to be looked up before anything is counted.

# %%
for report in reports:
    for finding in service.lint(report).findings:
        print(report.document.source, finding.code, finding.message)

# %% [markdown]
# The authors' own patients, and who is left out and why.

# %%
outcomes = service.table(service.report_files([folder.name]))
tables = [outcome.rows for outcome in outcomes if outcome.rows is not None]
analysis = service.cohort(tables, where='role == "index"', endpoint=Endpoint.OVERALL)
for left_out in analysis.cohort.excluded:
    print(left_out.label, "is left out:", left_out.reason)

# %% [markdown]
# The curve. In Jupyter the last line draws it; the file is for everybody else.

# %%
chart = service.survival_chart(analysis)
Path("notebook_curve.svg").write_bytes(service.chart_file(chart, "svg"))
folder.cleanup()
chart
