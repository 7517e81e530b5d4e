-- One arm of a union: one for each tenant and lane. Names every column of the index, so that no database sorts all that is due.
select *
from (select tenant, lane, accepted_no
      from request
      where lane = :lane_{n} and tenant = :tenant_{n} and next_attempt_at <= :now
      order by lane, tenant, next_attempt_at, accepted_no
      limit :max_{n}) as due_{n}
