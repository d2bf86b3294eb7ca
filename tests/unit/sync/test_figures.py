"""What Prometheus reads: every figure declared, whole over all workers, and no label but a known one."""

from __future__ import annotations

from pathlib import Path

from sync.server.metrics import Board


def test_workers_write_rows_of_one_board_and_the_sum_is_read(tmp_path: Path) -> None:
    first, second = (Board(tmp_path / "figures", slot, 2) for slot in range(2))
    first.add("exchanges_total", 3)
    second.add("exchanges_total", 4)
    assert first.value("exchanges_total") == second.value("exchanges_total") == 7


def test_a_replaced_worker_keeps_what_was_counted_and_drops_what_was_running(tmp_path: Path) -> None:
    killed = Board(tmp_path / "figures", 0, 1)
    killed.add("exchanges_total", 3)
    killed.add("requests_in_flight", 2)
    again = Board(tmp_path / "figures", 0, 1)
    assert (again.value("exchanges_total"), again.value("requests_in_flight")) == (3, 0)


def test_times_are_a_histogram_whose_last_bound_holds_them_all() -> None:
    board = Board()
    for seconds in (0.001, 0.02, 99.0):
        board.took("sync", seconds)
    board.took("/v1/made-up", 0.001)
    text = board.text()
    assert 'request_seconds_bucket{address="sync",le="0.025"} 2\n' in text
    assert 'request_seconds_bucket{address="sync",le="+Inf"} 3\n' in text
    assert 'request_seconds_count{address="sync"} 3\n' in text
    assert 'request_seconds_count{address="other"} 1\n' in text
    assert "made-up" not in text


def test_an_unknown_label_is_never_written() -> None:
    board = Board()
    board.add("refused_total", 1, 'code="覃冬梅"')
    assert "覃冬梅" not in board.text()


def test_every_figure_is_declared_before_it_is_given() -> None:
    declared = set()
    for line in Board().text().splitlines():
        if line.startswith("# TYPE "):
            declared.add(line.split()[2])
        elif not line.startswith("#"):
            name = line.split("{")[0].split(" ")[0]
            assert {name, name.rsplit("_", 1)[0]} & declared
