insert into quota (quota_key) values (:quota_key) on conflict do nothing
