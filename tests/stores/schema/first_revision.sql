BEGIN TRANSACTION;
CREATE TABLE pe_commit (
	id TEXT NOT NULL, 
	CONSTRAINT pk_pe_commit PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "pe_commit" VALUES('c1');
CREATE TABLE pe_counter (
	event TEXT NOT NULL, 
	counter TEXT NOT NULL, 
	taken BIGINT NOT NULL, 
	CONSTRAINT pk_pe_counter PRIMARY KEY (event, counter), 
	CONSTRAINT ck_pe_counter_event CHECK (event <> ''), 
	CONSTRAINT ck_pe_counter_taken CHECK (taken >= 0)
)
 WITHOUT ROWID

;
INSERT INTO "pe_counter" VALUES('talk','event',2);
INSERT INTO "pe_counter" VALUES('talk','ticket/standard',2);
CREATE TABLE pe_entry (
	number INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	id TEXT NOT NULL, 
	order_id TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	kind TEXT NOT NULL, 
	payment TEXT NOT NULL, 
	refund TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	CONSTRAINT pk_pe_entry PRIMARY KEY (number), 
	CONSTRAINT ck_pe_entry_named CHECK (event <> '' AND id <> '' AND order_id <> ''), 
	CONSTRAINT ck_pe_entry_currency CHECK (length(currency) = 3), 
	CONSTRAINT uq_pe_entry_event_id UNIQUE (event, id)
);
INSERT INTO "pe_entry" VALUES(1,'talk','A1:1','A1','2026-03-01 12:00:00.000000','forgiven','','','EUR');
INSERT INTO "pe_entry" VALUES(2,'talk','A1:2','A1','2026-03-01 12:00:00.000000','forgiven','','','EUR');
CREATE TABLE pe_found (
	kind TEXT NOT NULL, 
	found_by TEXT NOT NULL, 
	value TEXT NOT NULL, 
	id TEXT NOT NULL, 
	CONSTRAINT pk_pe_found PRIMARY KEY (kind, found_by, value, id), 
	CONSTRAINT fk_pe_found_pe_record FOREIGN KEY(kind, id) REFERENCES pe_record (kind, id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "pe_found" VALUES('connection','account','stripe:test/acct_1','stripe/42');
INSERT INTO "pe_found" VALUES('connection','owner','42','stripe/42');
INSERT INTO "pe_found" VALUES('event','organizer','42','talk');
INSERT INTO "pe_found" VALUES('obligation','order','A1','A1/1');
INSERT INTO "pe_found" VALUES('order','account','7','A1');
INSERT INTO "pe_found" VALUES('order','event','talk','A1');
INSERT INTO "pe_found" VALUES('order','open','payment','A1');
INSERT INTO "pe_found" VALUES('order','owed','talk','A1');
INSERT INTO "pe_found" VALUES('order','pass','A1-1','A1');
INSERT INTO "pe_found" VALUES('order','payment','stripe:test/acct_1/cs_A1','A1');
INSERT INTO "pe_found" VALUES('recording','event','talk','film');
INSERT INTO "pe_found" VALUES('waiting','event','talk','w1');
INSERT INTO "pe_found" VALUES('waiting','open','waiting','w1');
INSERT INTO "pe_found" VALUES('waiting','waiting','talk/standard','w1');
INSERT INTO "pe_found" VALUES('waiting','waiting_for','talk','w1');
CREATE TABLE pe_posting (
	event TEXT NOT NULL, 
	entry TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	account TEXT NOT NULL, 
	party TEXT NOT NULL, 
	minor BIGINT NOT NULL, 
	CONSTRAINT pk_pe_posting PRIMARY KEY (event, entry, place), 
	CONSTRAINT ck_pe_posting_minor CHECK (minor <> 0), 
	CONSTRAINT fk_pe_posting_pe_entry FOREIGN KEY(event, entry) REFERENCES pe_entry (event, id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "pe_posting" VALUES('talk','A1:1',0,'organizer','',2000);
INSERT INTO "pe_posting" VALUES('talk','A1:1',1,'buyer','',-2000);
INSERT INTO "pe_posting" VALUES('talk','A1:2',0,'organizer','',4611686018427387904);
INSERT INTO "pe_posting" VALUES('talk','A1:2',1,'buyer','',-4611686018427387904);
CREATE TABLE pe_record (
	kind TEXT NOT NULL, 
	id TEXT NOT NULL, 
	version BIGINT NOT NULL, 
	due_at DATETIME, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_pe_record PRIMARY KEY (kind, id), 
	CONSTRAINT ck_pe_record_named CHECK (kind <> '' AND id <> ''), 
	CONSTRAINT ck_pe_record_version CHECK (version >= 1)
);
INSERT INTO "pe_record" VALUES('event','talk',1,'2026-03-31 12:00:00.000000','{"v":1,"type":"listing","value":{"event":{"id":"talk","title":"A talk","zone":"Europe/Paris","currency":"EUR","tickets":[{"id":"standard","name":"Standard","price":{"minor":2000,"currency":"EUR"},"donation":null,"tiers":[],"quantity":null,"on_sale":{"starts_at":null,"ends_at":null},"hidden":false,"least_per_order":1,"most_per_order":null,"most_per_customer":null,"tax_category":"standard"}],"kind":"live","starts_at":{"at":"2026-03-31T12:00:00Z","tz":"UTC"},"duration":"1 h","sessions":[],"attendance":"all_sessions","capacity":null,"capacities":[],"promotions":[],"fees":[],"tax":null,"providers":[],"policy":{"codes_enabled":true,"tiers_enabled":true,"max_codes":null,"percent_mode":"compound","below_minimum":"raise","selection":"explicit","step":1,"list_minimums":[],"list_maximums":[],"charge_minimums":[],"currencies":[],"kinds":[],"providers":[],"provider_currencies":[],"max_capacity":null,"attendance_limit":null,"most_per_order":100,"price_locked":false,"sells_recording":false,"approval":"automatic","capture":"at_once","decide_within":null,"quote_lasts":"15 min","hold":"15 min","longest_hold":"7 days","late_payments":"accept_if_room","refunds":"automatic","devices":null,"one_per_person":false,"transferable":true,"offer_lasts":"1 day","absentees_see_recording":true,"recording_lasts":null},"on_sale":{"starts_at":null,"ends_at":null},"charging":"on","cancellation":{"steps":[],"kept":null,"fees":"as_declared","tax":true,"clawback":false,"pro_rata":false,"buyer_until":"at start","text":""},"form":{"questions":[],"disclaimer":null,"remark":""}},"organizer":"42","team":[],"locale":"en","history":[{"at":"2026-03-01T12:00:00Z","trigger":"schedule","state":"scheduled","by":"platform:system"}]}}');
INSERT INTO "pe_record" VALUES('order','A1',1,'2026-03-01 12:15:00.000000','{"v":1,"type":"dossier","value":{"order":{"id":"A1","event":"talk","buyer":{"name":"Ana Lima","email":"ana@example.com"},"registrations":[{"id":"A1-1","attendee":{"person":{"name":"Ana Lima","email":"ana@example.com"},"answers":[],"accepted":0},"role":"attendee","quote":0,"units":[0],"history":[]}],"hold":{"starts_at":"2026-03-01T12:00:00Z","until":"2026-03-01T12:15:00Z","latest":"2026-03-08T12:00:00Z"},"cancellation":{"steps":[],"kept":null,"fees":"as_declared","tax":true,"clawback":false,"pro_rata":false,"buyer_until":"at start","text":""},"adjustment":{"minor":0,"currency":"EUR"},"quotes":[{"event":"talk","currency":"EUR","provider":null,"at":{"at":"2026-03-01T12:00:00Z","tz":"UTC"},"until":{"at":"2026-03-31T13:00:00Z","tz":"UTC"},"lasts":15,"quantum":1,"places":[{"ticket":"standard","tier":"","session":""}],"list_prices":[2000],"prices":[2000],"fees":[0],"tax":[0],"on_top":[0],"gross_ups":[0],"rates":[0],"taxation":{"keys":[[]],"key_of":{},"exclusive":false,"is_reversed":false,"rounding":"half_up"},"lines":[],"fee_records":[],"tax_records":[],"skipped":[],"provisional":[],"refusals":[],"codes":[],"opened":[],"marks":[],"differs":[]}],"repriced":[],"given":[],"change":null,"history":[]},"account":"7","locale":"en","payments":[{"id":"A1-p1","order":"A1","provider":"stripe:test","account":"acct_1","amount":{"minor":2000,"currency":"EUR"},"attempt":1,"ref":{"provider":"stripe:test","account":"acct_1","id":"cs_A1"},"snapshot":null,"history":[]}],"refunds":[{"id":"A1-r1","order":"A1","payment":"A1-p1","amount":{"minor":2000,"currency":"EUR"},"purpose":"late","attempt":1,"provider_id":"","earlier":[],"history":[]}],"passes":[{"id":"A1-1","registration_id":"A1-1","event_id":"talk","issued_at":"2026-03-01T12:00:00Z","sessions":[],"window":{"starts_at":null,"ends_at":null},"generation":0,"most_devices":null,"devices":[],"visits":[],"suspended_at":null,"revoked_at":null,"revoked_for":null}],"entries":0,"obligations":0}}');
INSERT INTO "pe_record" VALUES('waiting','w1',1,NULL,'{"v":1,"type":"waiting_entry","value":{"id":"w1","event":"talk","ticket":"standard","person":{"name":"Ana Lima","email":"ana@example.com"},"joined_at":"2026-03-01T12:00:00Z","locale":"en","answers":[],"accepted":0,"offer":null,"history":[]}}');
INSERT INTO "pe_record" VALUES('recording','film',1,NULL,'{"v":1,"type":"recording","value":{"id":"film","event_id":"talk","attached_at":"2026-03-31T12:00:00Z","session":null,"attachment":"by_hand","included":true,"lasts":null,"published_at":null,"withdrawn_at":null}}');
INSERT INTO "pe_record" VALUES('connection','stripe/42',1,NULL,'{"v":1,"type":"connection","value":{"owner":"42","provider":"stripe:test","account":"acct_1","statement":"","short_statement":"","support":"","connected_at":"2026-03-01T12:00:00Z","disconnected_at":null}}');
INSERT INTO "pe_record" VALUES('obligation','A1/1',1,'2026-03-01 12:00:00.000000','{"v":1,"type":"obligation","value":{"id":"A1/1","task":"tell","event":"talk","order":"A1","subject":"A1-1","key":"A1/1","made_at":"2026-03-01T12:00:00Z","due_at":"2026-03-01T12:00:00Z","tries":0,"leased_until":null,"done_at":null,"stuck":"","message":"confirmation","values":[],"cursor":""}}');
CREATE TABLE pe_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT pe_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "pe_schema" VALUES('0001');
CREATE INDEX ix_pe_record_due ON pe_record (kind, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX ix_pe_found_kind_id ON pe_found (kind, id);
CREATE INDEX ix_pe_entry_event_number ON pe_entry (event, number);
CREATE INDEX ix_pe_entry_event_order_id_number ON pe_entry (event, order_id, number);
COMMIT;
