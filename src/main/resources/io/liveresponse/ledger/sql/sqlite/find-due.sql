-- For each tenant and lane the first that are due. Names every column of the index, so that nothing is sorted. A union of an arm for each
-- would be parsed anew for each claim, which costs more than to run it.
with wanted (tenant, lane) as (values :wanted)
select wanted.tenant, wanted.lane, due.value as accepted_no
from wanted, json_each((select json_group_array(accepted_no)
                        from (select r.accepted_no
                              from request r
                              where r.lane = wanted.lane and r.tenant = wanted.tenant and r.next_attempt_at <= :now
                              order by r.lane, r.tenant, r.next_attempt_at, r.accepted_no
                              limit :max))) as due
