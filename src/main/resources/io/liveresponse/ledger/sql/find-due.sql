-- The inner query names every column of the index, else H2 sorts all that is due; it does not lock, else H2 locks all of it.
select accepted_no
from request
where accepted_no in (select accepted_no
                      from request
                      where tenant = :tenant and lane = :lane and next_attempt_at <= :now
                      order by tenant, lane, next_attempt_at, accepted_no
                      fetch first :max rows only)
  and lane = :lane
  and next_attempt_at <= :now
order by accepted_no
for update skip locked
