-- Without those that have only begun.
select sink, reference, delivered_at
from delivery
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
  and (delivered_at is not null or reference is not null or attempt_began_at is null)
order by sink
