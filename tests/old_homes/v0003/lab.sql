BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE datasets (
	id VARCHAR(32) NOT NULL, 
	workspace VARCHAR(200) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	content_hash VARCHAR(64) NOT NULL, 
	rows INTEGER NOT NULL, 
	classes JSON NOT NULL, 
	created DATETIME NOT NULL, 
	meta JSON NOT NULL, 
	bytes BIGINT DEFAULT '0' NOT NULL, 
	kind VARCHAR(32) DEFAULT 'text' NOT NULL, 
	CONSTRAINT pk_datasets PRIMARY KEY (id), 
	CONSTRAINT uq_datasets_workspace_content_hash_name UNIQUE (workspace, content_hash, name)
);
INSERT INTO "datasets" VALUES('lZviuSurif5X39Lu','personal','reviews.csv','a8a044134234983e',80,'["bad", "good"]','2026-11-29 06:38:30.782020','{}',2551,'text');
CREATE TABLE engines (
	id VARCHAR(200) NOT NULL, 
	host VARCHAR(200) NOT NULL, 
	pid INTEGER NOT NULL, 
	beats BIGINT NOT NULL, 
	heartbeat DATETIME NOT NULL, 
	CONSTRAINT pk_engines PRIMARY KEY (id)
);
CREATE TABLE experiments (
	id VARCHAR(32) NOT NULL, 
	workspace VARCHAR(200) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	dataset_id VARCHAR(32) NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_experiments PRIMARY KEY (id), 
	CONSTRAINT fk_experiments_dataset_id FOREIGN KEY(dataset_id) REFERENCES datasets (id)
);
INSERT INTO "experiments" VALUES('P7617SrsvemoczUK','personal','reviews.csv','lZviuSurif5X39Lu','2026-11-29 06:38:30.801134');
INSERT INTO "experiments" VALUES('ouTgx-Y-iY1BjGqS','personal','reviews.csv','lZviuSurif5X39Lu','2026-11-29 06:38:56.168921');
INSERT INTO "experiments" VALUES('msxv84YgAvu3mypj','personal','reviews.csv','lZviuSurif5X39Lu','2026-11-29 06:39:22.819995');
CREATE TABLE metrics (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	run_id VARCHAR(32) NOT NULL, 
	split VARCHAR(12) NOT NULL, 
	epoch FLOAT NOT NULL, 
	step BIGINT NOT NULL, 
	seconds FLOAT NOT NULL, 
	loss FLOAT, 
	accuracy FLOAT, 
	CONSTRAINT fk_metrics_run_id FOREIGN KEY(run_id) REFERENCES runs (id)
);
INSERT INTO "metrics" VALUES(1,'T4_9QKSbOambTDDh','train',0.5,1,7.78210911999963173002e-01,6.90273582935333251953e-01,0.5625);
INSERT INTO "metrics" VALUES(2,'T4_9QKSbOambTDDh','validation',1.0,2,1.06958087599997497818e+00,6.8100179798188953395e-01,0.5);
INSERT INTO "metrics" VALUES(3,'T4_9QKSbOambTDDh','validation',2.0,4,1.11155657000000473999e+00,6.8080633005695623261e-01,0.5);
INSERT INTO "metrics" VALUES(4,'T4_9QKSbOambTDDh','train',3.0,6,1.13020418700000391254e+00,6.83626226476720888491e-01,6.35135135135135087125e-01);
INSERT INTO "metrics" VALUES(5,'T4_9QKSbOambTDDh','validation',3.0,6,1.1301911299999574112e+00,6.80645733868075586414e-01,0.5);
INSERT INTO "metrics" VALUES(6,'pf9SC3EBTgb07lvC','train',0.5,1,2.13084306999974160135e-01,6.9427776336669921875e-01,0.34375);
INSERT INTO "metrics" VALUES(7,'pf9SC3EBTgb07lvC','validation',1.0,2,3.27638972999977795552e-01,6.93176858660750738749e-01,0.5);
INSERT INTO "metrics" VALUES(8,'pf9SC3EBTgb07lvC','validation',2.0,4,3.51988200999983291694e-01,6.93191037863991832423e-01,0.5);
INSERT INTO "metrics" VALUES(9,'pf9SC3EBTgb07lvC','train',3.0,6,3.60723887999995440623e-01,0.694028158445616,3.4459459459459457209e-01);
INSERT INTO "metrics" VALUES(10,'pf9SC3EBTgb07lvC','validation',3.0,6,3.60710560999962126516e-01,6.93211917922454179397e-01,0.5);
INSERT INTO "metrics" VALUES(11,'i-mI41Z8lhSZ3OIB','train',0.5,1,0.750912158999995,6.93884253501892089843e-01,0.375);
INSERT INTO "metrics" VALUES(12,'i-mI41Z8lhSZ3OIB','validation',1.0,2,1.00142443700002559126e+00,6.9379809053934726748e-01,0.0);
INSERT INTO "metrics" VALUES(13,'i-mI41Z8lhSZ3OIB','validation',2.0,4,1.03971513800001957861e+00,6.9375036682260771137e-01,0.0);
INSERT INTO "metrics" VALUES(14,'i-mI41Z8lhSZ3OIB','train',3.0,6,1.05609370900003796123e+00,6.93567147126068928031e-01,3.10810810810810800308e-01);
INSERT INTO "metrics" VALUES(15,'i-mI41Z8lhSZ3OIB','validation',3.0,6,1.05607969999999795618e+00,6.93703285347563758378e-01,0.0);
INSERT INTO "metrics" VALUES(16,'9EOpsv42SUwfJZvs','train',1.0,1,5.76690872000028775801e-01,5.48976664062907331737e-03,1.0);
INSERT INTO "metrics" VALUES(17,'9EOpsv42SUwfJZvs','validation',1.0,1,5.88092850000009548239e-01,1.48578055107621044561e-02,1.0);
INSERT INTO "metrics" VALUES(18,'Q_h3AZfjL3D9YTLX','train',0.125,1,1.29949906900003497867e+00,6.93188548088073730468e-01,0.25);
INSERT INTO "metrics" VALUES(19,'Q_h3AZfjL3D9YTLX','train',1.0,8,1.88239926300002480274e+00,6.93730235099792480468e-01,4.28571428571428547638e-01);
INSERT INTO "metrics" VALUES(20,'Q_h3AZfjL3D9YTLX','validation',1.0,8,1.88237299900004018127e+00,6.90745341455917483131e-01,0.5);
INSERT INTO "metrics" VALUES(21,'Q_h3AZfjL3D9YTLX','train',2.0,16,1.9957522789999870838e+00,6.93668858210245820039e-01,0.5);
INSERT INTO "metrics" VALUES(22,'Q_h3AZfjL3D9YTLX','validation',2.0,16,1.99573726800002759773e+00,0.69092910640693,0.5);
INSERT INTO "metrics" VALUES(23,'Q_h3AZfjL3D9YTLX','train',3.0,24,2.05156291000002966029e+00,0.693757951259613,4.66666666666666674068e-01);
INSERT INTO "metrics" VALUES(24,'Q_h3AZfjL3D9YTLX','validation',3.0,24,2.05154723300000796371e+00,6.91174529649592916946e-01,0.5);
INSERT INTO "metrics" VALUES(25,'Q_h3AZfjL3D9YTLX','train',4.0,32,2.11168186300000115807e+00,6.93423024813334176741e-01,4.66666666666666674068e-01);
INSERT INTO "metrics" VALUES(26,'Q_h3AZfjL3D9YTLX','validation',4.0,32,2.11166090000000394866e+00,6.91561329186580309169e-01,0.5);
INSERT INTO "metrics" VALUES(27,'Q_h3AZfjL3D9YTLX','train',5.0,40,2.15667959400002473557e+00,6.93502513567606615474e-01,4.33333333333333348136e-01);
INSERT INTO "metrics" VALUES(28,'Q_h3AZfjL3D9YTLX','validation',5.0,40,2.15665712899999562068e+00,6.91856028106521359077e-01,0.5);
INSERT INTO "metrics" VALUES(29,'Q_h3AZfjL3D9YTLX','train',6.0,48,2.18835327200002893732e+00,6.93288890520731615474e-01,0.45);
INSERT INTO "metrics" VALUES(30,'Q_h3AZfjL3D9YTLX','validation',6.0,48,2.18833120800002234318e+00,0.692033809055547,0.5);
INSERT INTO "metrics" VALUES(31,'vzifux_kEbHT5cUy','train',0.125,1,1.10094766899999285669e+00,6.93188548088073730468e-01,0.25);
INSERT INTO "metrics" VALUES(32,'vzifux_kEbHT5cUy','train',1.0,8,1.71847484899996061358e+00,6.93730235099792480468e-01,4.28571428571428547638e-01);
INSERT INTO "metrics" VALUES(33,'vzifux_kEbHT5cUy','validation',1.0,8,1.7184523450000028788e+00,6.90745341455917483131e-01,0.5);
CREATE TABLE runs (
	id VARCHAR(32) NOT NULL, 
	workspace VARCHAR(200) NOT NULL, 
	experiment_id VARCHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	architecture VARCHAR(200) NOT NULL, 
	seed BIGINT NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	spec JSON NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	message TEXT NOT NULL, 
	parameters BIGINT, 
	created DATETIME NOT NULL, 
	started DATETIME, 
	finished DATETIME, 
	epoch FLOAT NOT NULL, 
	epochs INTEGER NOT NULL, 
	step BIGINT NOT NULL, 
	texts_per_second FLOAT NOT NULL, 
	seconds JSON NOT NULL, 
	results JSON NOT NULL, 
	cancel_requested BOOLEAN NOT NULL, 
	engine VARCHAR(200) NOT NULL, 
	worker VARCHAR(200) NOT NULL, 
	submitted DATETIME, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	bytes BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_runs PRIMARY KEY (id), 
	CONSTRAINT fk_runs_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (id)
);
INSERT INTO "runs" VALUES('T4_9QKSbOambTDDh','personal','P7617SrsvemoczUK',0,'rnn',0,'rnn','{"version": 4, "dataset": "a8a044134234983e", "architecture": "rnn", "input": {"kind": "text", "tokenizer": "word", "lowercase": true, "vocabulary_size": 10000, "min_count": 0, "max_length": 200, "stop_words": "none", "punctuation": "drop", "truncate": "end"}, "split": {"test_share": 0.2, "validation_share": 0.1, "split_seed": 0, "group_duplicates": true, "group_near_duplicates": true}, "model": {"embedding_size": 2, "units": 2, "layers": 1, "dropout": 0.0}, "training": {"epochs": 3, "batch_size": 32, "learning_rate": 0.001, "optimizer": "adam", "keep": "best", "early_stopping": 5, "batches": "mixed", "class_weights": false, "gradient_clipping": 1.0}, "seed": 0}','finished','',69,'2026-11-29 06:38:30.801134','2026-11-29 06:38:44.042077','2026-11-29 06:38:46.087814',3.0,3,6,1.59262993720859924451e+02,'{"queued": 13.240943, "total": 15.28668, "preparing": 0.6444948490000115, "training": 1.145656171999974, "evaluating": 0.24619857000004686}','{"test": {"accuracy": 0.875, "macro_f1": 0.873015873015873, "loss": 0.68475037217365, "ms_per_text": 0.19100799999804963}, "validation": {"accuracy": 0.5, "macro_f1": 0.3333333333333333, "loss": 0.6806457338680756}, "epochs": 3, "best_epoch": 3, "curves": {"course": "learned", "sentence": "Learned, and has levelled off: validation loss has been close to its lowest, 0.681, since epoch 1."}}',0,'oXA13hs4eTA4lnZh','tcp://127.0.0.1:42051',NULL,1,35282);
INSERT INTO "runs" VALUES('pf9SC3EBTgb07lvC','personal','P7617SrsvemoczUK',1,'lstm',0,'lstm','{"version": 4, "dataset": "a8a044134234983e", "architecture": "lstm", "input": {"kind": "text", "tokenizer": "word", "lowercase": true, "vocabulary_size": 10000, "min_count": 0, "max_length": 200, "stop_words": "none", "punctuation": "drop", "truncate": "end"}, "split": {"test_share": 0.2, "validation_share": 0.1, "split_seed": 0, "group_duplicates": true, "group_near_duplicates": true}, "model": {"embedding_size": 2, "units": 2, "layers": 1, "dropout": 0.0, "memory": "long"}, "training": {"epochs": 3, "batch_size": 32, "learning_rate": 0.001, "optimizer": "adam", "keep": "best", "early_stopping": 5, "batches": "mixed", "class_weights": false, "gradient_clipping": 1.0}, "seed": 0}','finished','',99,'2026-11-29 06:38:30.801134','2026-11-29 06:38:46.107453','2026-11-29 06:38:47.095281',3.0,3,6,4.98993949191052365687e+02,'{"queued": 15.306319, "total": 16.294147, "preparing": 0.4671984489999659, "training": 0.3687069979999933, "evaluating": 0.14693145800004004}','{"test": {"accuracy": 0.625, "macro_f1": 0.6190476190476191, "loss": 0.6923979067776327, "ms_per_text": 0.051801125000139336}, "validation": {"accuracy": 0.5, "macro_f1": 0.3333333333333333, "loss": 0.6931768586607506}, "epochs": 3, "best_epoch": 1, "curves": {"course": "at_chance", "sentence": "Has learned nothing: 62.5 % of the test texts right, no better than always answering \u201cbad\u201d (50.0 %)."}}',0,'oXA13hs4eTA4lnZh','tcp://127.0.0.1:42051',NULL,1,35375);
INSERT INTO "runs" VALUES('i-mI41Z8lhSZ3OIB','personal','P7617SrsvemoczUK',2,'lstm_attention',0,'lstm_attention','{"version": 4, "dataset": "a8a044134234983e", "architecture": "lstm_attention", "input": {"kind": "text", "tokenizer": "word", "lowercase": true, "vocabulary_size": 10000, "min_count": 0, "max_length": 200, "stop_words": "none", "punctuation": "drop", "truncate": "end"}, "split": {"test_share": 0.2, "validation_share": 0.1, "split_seed": 0, "group_duplicates": true, "group_near_duplicates": true}, "model": {"embedding_size": 2, "units": 2, "layers": 1, "dropout": 0.0, "score": "additive"}, "training": {"epochs": 3, "batch_size": 32, "learning_rate": 0.001, "optimizer": "adam", "keep": "best", "early_stopping": 5, "batches": "mixed", "class_weights": false, "gradient_clipping": 1.0}, "seed": 0}','finished','',107,'2026-11-29 06:38:30.801134','2026-11-29 06:38:47.111984','2026-11-29 06:38:48.859602',3.0,3,6,1.70439133463617196184e+02,'{"queued": 16.31085, "total": 18.058468, "preparing": 0.4445829449999792, "training": 1.094075437000015, "evaluating": 0.20094462399998747}','{"test": {"accuracy": 0.25, "macro_f1": 0.2, "loss": 0.6930782645553315, "ms_per_text": 0.4005913749978163}, "validation": {"accuracy": 0.0, "macro_f1": 0.0, "loss": 0.6937032853475638}, "epochs": 3, "best_epoch": 3, "curves": {"course": "at_chance", "sentence": "Has learned nothing: 25.0 % of the test texts right, no better than always answering \u201cbad\u201d (50.0 %)."}}',0,'oXA13hs4eTA4lnZh','tcp://127.0.0.1:42051',NULL,1,48194);
INSERT INTO "runs" VALUES('9EOpsv42SUwfJZvs','personal','P7617SrsvemoczUK',3,'bag_of_words',0,'bag_of_words','{"version": 4, "dataset": "a8a044134234983e", "architecture": "bag_of_words", "input": {"kind": "text", "tokenizer": "word", "lowercase": true, "vocabulary_size": 10000, "min_count": 0, "max_length": 200, "stop_words": "none", "punctuation": "drop", "truncate": "end"}, "split": {"test_share": 0.2, "validation_share": 0.1, "split_seed": 0, "group_duplicates": true, "group_near_duplicates": true}, "model": {"pairs": true, "strength": 0.0, "sublinear": true, "whole_texts": true}, "training": {"epochs": 3, "batch_size": 32, "learning_rate": 0.001, "optimizer": "adam", "keep": "best", "early_stopping": 5, "batches": "mixed", "class_weights": false, "gradient_clipping": 1.0}, "seed": 0}','finished','',72,'2026-11-29 06:38:30.801134','2026-11-29 06:38:48.878879','2026-11-29 06:38:50.568597',1.0,3,1,1.02023135613020869531e+02,'{"queued": 18.077745, "total": 19.767463, "preparing": 0.8011008959999799, "training": 0.5976426860000288, "evaluating": 0.2859264420000045}','{"test": {"accuracy": 1.0, "macro_f1": 1.0, "loss": 0.011132328336276524, "ms_per_text": 0.5185568125014584}, "validation": {"accuracy": 1.0, "macro_f1": 1.0, "loss": 0.014857805510762004}, "epochs": 1, "strength": 300.0, "best_epoch": 1, "curves": {"course": "fitted", "sentence": "Fitted in one go: there is no curve."}}',0,'oXA13hs4eTA4lnZh','tcp://127.0.0.1:42051',NULL,1,59486);
INSERT INTO "runs" VALUES('Q_h3AZfjL3D9YTLX','personal','ouTgx-Y-iY1BjGqS',0,'gru',0,'gru','{"version": 4, "dataset": "a8a044134234983e", "architecture": "gru", "input": {"kind": "text", "tokenizer": "word", "lowercase": true, "vocabulary_size": 10000, "min_count": 0, "max_length": 200, "stop_words": "none", "punctuation": "drop", "truncate": "end"}, "split": {"test_share": 0.2, "validation_share": 0.1, "split_seed": 0, "group_duplicates": true, "group_near_duplicates": true}, "model": {"embedding_size": 2, "units": 2, "layers": 1, "dropout": 0.2, "memory": "long"}, "training": {"epochs": 60, "batch_size": 8, "learning_rate": 0.001, "optimizer": "adam", "keep": "best", "early_stopping": 5, "batches": "mixed", "class_weights": false, "gradient_clipping": 1.0}, "seed": 0}','finished','',95,'2026-11-29 06:38:56.168921','2026-11-29 06:39:12.876365','2026-11-29 06:39:16.563726',6.0,60,48,1.64507123695617679011e+02,'{"queued": 16.707444, "total": 20.394805, "preparing": 1.194228550000048, "training": 2.208541244999992, "evaluating": 0.26560157500000514}','{"test": {"accuracy": 0.625, "macro_f1": 0.5636363636363637, "loss": 0.6917361389654421, "ms_per_text": 0.11363456249924297}, "validation": {"accuracy": 0.5, "macro_f1": 0.3333333333333333, "loss": 0.6907453414559175}, "epochs": 6, "best_epoch": 1, "curves": {"course": "at_chance", "sentence": "Has learned nothing: 62.5 % of the test texts right, no better than always answering \u201cbad\u201d (50.0 %)."}}',0,'BDQ76mxC8t0cDZKA','tcp://127.0.0.1:35789',NULL,1,40108);
INSERT INTO "runs" VALUES('vzifux_kEbHT5cUy','personal','msxv84YgAvu3mypj',0,'gru',0,'gru','{"version": 4, "dataset": "a8a044134234983e", "architecture": "gru", "input": {"kind": "text", "tokenizer": "word", "lowercase": true, "vocabulary_size": 10000, "min_count": 0, "max_length": 200, "stop_words": "none", "punctuation": "drop", "truncate": "end"}, "split": {"test_share": 0.2, "validation_share": 0.1, "split_seed": 0, "group_duplicates": true, "group_near_duplicates": true}, "model": {"embedding_size": 2, "units": 2, "layers": 1, "dropout": 0.2, "memory": "long"}, "training": {"epochs": 60, "batch_size": 8, "learning_rate": 0.001, "optimizer": "adam", "keep": "best", "early_stopping": 5, "batches": "mixed", "class_weights": false, "gradient_clipping": 1.0}, "seed": 0}','interrupted','The app was closed while this run was going.',95,'2026-11-29 06:39:22.819995','2026-11-29 06:39:41.121916','2026-11-29 06:39:44.316444',1.0,60,8,3.49146385531438951943e+01,'{"queued": 18.301921, "total": 21.496449}','{}',0,'TsZzfz8w5V_eeQvK','tcp://127.0.0.1:37987',NULL,1,10982);
CREATE INDEX ix_datasets_workspace ON datasets (workspace);
CREATE INDEX ix_experiments_workspace ON experiments (workspace);
CREATE INDEX ix_runs_experiment_id_position ON runs (experiment_id, position);
CREATE INDEX ix_runs_state ON runs (state);
CREATE INDEX ix_runs_workspace ON runs (workspace);
CREATE INDEX ix_metrics_run_id_id ON metrics (run_id, id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('metrics',33);
COMMIT;
