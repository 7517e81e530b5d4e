update delivery
set attempt_began_at = null, attempt_owner = null
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
  and sink = :sink and attempt_owner = :owner and delivered_at is null
