update request
set state = 'delivered', lane = 'ended', ended_at = :now, claims = 0, lease_owner = null, lease_end = null, link_reserved = false,
    error_stage = null, error_code = null, error_text = null, error_target = null
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
  and state = 'claimed' and lease_owner = :owner
