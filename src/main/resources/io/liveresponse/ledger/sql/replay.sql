update request
set state = 'due', lane = case when command_index < 0 then 'action' when outcome is null then 'fresh' else 'deliver' end, next_attempt_at = :now, ended_at = null,
    attempts = 0, claims = 0, lease_owner = null, lease_end = null, link_reserved = false,
    error_stage = null, error_code = null, error_text = null, error_target = null
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
