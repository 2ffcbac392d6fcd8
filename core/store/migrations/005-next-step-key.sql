-- Which step of the workflow an order does next, where it is one of those: screens say it in their own language.
ALTER TABLE work_order ADD COLUMN next_step_key TEXT;
