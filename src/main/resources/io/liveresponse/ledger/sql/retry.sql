update request
set state = 'due', lane = case when command_index < 0 then 'action' when outcome is null then 'retry' else 'deliver' end, next_attempt_at = :next_attempt_at,
    attempts = attempts + 1, claims = 0, lease_owner = null, lease_end = null, link_reserved = false,
    error_stage = :error_stage, error_code = :error_code, error_text = :error_text, error_target = :error_target
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
  and state = 'claimed' and lease_owner = :owner
