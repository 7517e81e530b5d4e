select t.name
from tenant t
where exists (select 1
              from (values ('fresh'), ('retry'), ('deliver'), ('claimed')) as l (lane)
              join request r on r.tenant = t.name and r.lane = l.lane and r.next_attempt_at <= :now)
order by t.name
