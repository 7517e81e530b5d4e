insert into event (tenant, machine_action_id, command_index, happened_at, kind, detail)
select tenant, machine_action_id, command_index, :now, 'claimed', lease_owner
from request
where accepted_no in (:numbers)
order by accepted_no
