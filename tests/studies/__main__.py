"""Run the back-test and renew its record and the figures in the documentation: `python -m tests.studies`."""

from tests.studies.back_test import study
from tests.studies.record import write

if __name__ == "__main__":
    write(study())
