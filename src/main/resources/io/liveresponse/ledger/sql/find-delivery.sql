select reference, delivered_at, attempt_began_at, attempt_owner
from delivery
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index and sink = :sink
