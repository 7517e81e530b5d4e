insert into api_call (quota_key, kind, called_at, call_no)
values (:quota_key, :kind, :now, :call_no)
