"""Numbers: dense, unique, given back by a rollback, taken only inside the move's transaction."""

import pytest
from django.db import transaction

from documents.models import Counter
from documents.services import counter_next


@pytest.mark.django_db
def test_numbers_run_from_one_for_each_kind_unit_and_year():
    taken = [counter_next(kind="receipt", key="opd-1", year=2026) for _ in range(3)]
    assert taken == [1, 2, 3]
    assert counter_next(kind="receipt", key="opd-2", year=2026) == 1
    assert counter_next(kind="receipt", key="opd-1", year=2027) == 1
    assert counter_next(kind="letter", key="opd-1", year=2026) == 1
    assert counter_next(kind="receipt", key="opd-1", year=2026) == 4


@pytest.mark.django_db(transaction=True)
def test_rolled_back_number_is_given_again():
    with transaction.atomic():
        assert counter_next(kind="receipt", key="opd-1", year=2026) == 1
    with transaction.atomic():
        assert counter_next(kind="receipt", key="opd-1", year=2026) == 2
        transaction.set_rollback(True)
    with transaction.atomic():
        assert counter_next(kind="receipt", key="opd-1", year=2026) == 2


@pytest.mark.django_db(transaction=True)
def test_number_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        counter_next(kind="receipt", key="opd-1", year=2026)
    assert not Counter.objects.exists()
