insert into event (tenant, machine_action_id, command_index, happened_at, kind, detail)
select tenant, machine_action_id, command_index, :now, 'released', lease_owner
from request
where lease_owner = :owner and state = 'claimed'
