update request
set lease_end = :lease_end, next_attempt_at = :lease_end
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
  and state = 'claimed' and lease_owner = :owner
