-- CreateTable
CREATE TABLE "Inbox" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "closedAt" TIMESTAMP(3),
    "parkedAt" TIMESTAMP(3),

    CONSTRAINT "Inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "notBefore" TIMESTAMP(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "sentAt" TIMESTAMP(3),
    "parkedAt" TIMESTAMP(3),
    "error" TEXT,

    CONSTRAINT "Outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Department" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT NOT NULL DEFAULT '[]',
    "kind" TEXT NOT NULL,
    "leaderId" TEXT,
    "headId" TEXT,
    "rank" INTEGER NOT NULL,

    CONSTRAINT "Department_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "roles" TEXT NOT NULL,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerItem" (
    "code" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "target" DOUBLE PRECISION,
    "unit" TEXT,
    "departmentCode" TEXT NOT NULL,
    "leaderId" TEXT,
    "ownerId" TEXT,
    "deadline" TEXT NOT NULL,
    "percent" DOUBLE PRECISION,
    "quantity" DOUBLE PRECISION,
    "acceptedAt" TIMESTAMP(3),

    CONSTRAINT "LedgerItem_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "ProgressReport" (
    "id" SERIAL NOT NULL,
    "itemCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "percent" DOUBLE PRECISION,
    "quantity" DOUBLE PRECISION,
    "note" TEXT NOT NULL,
    "inboxKey" TEXT NOT NULL,

    CONSTRAINT "ProgressReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "code" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "start" TIMESTAMP(3) NOT NULL,
    "end" TIMESTAMP(3) NOT NULL,
    "venue" TEXT NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "SignIn" (
    "id" SERIAL NOT NULL,
    "sessionCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "late" BOOLEAN NOT NULL,

    CONSTRAINT "SignIn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Audit" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,

    CONSTRAINT "Audit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Inbox_key_key" ON "Inbox"("key");

-- CreateIndex
CREATE INDEX "Inbox_closedAt_parkedAt_id_idx" ON "Inbox"("closedAt", "parkedAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Outbox_key_key" ON "Outbox"("key");

-- CreateIndex
CREATE INDEX "Outbox_sentAt_parkedAt_notBefore_idx" ON "Outbox"("sentAt", "parkedAt", "notBefore");

-- CreateIndex
CREATE UNIQUE INDEX "Department_name_key" ON "Department"("name");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerItem_no_key" ON "LedgerItem"("no");

-- CreateIndex
CREATE INDEX "ProgressReport_itemCode_id_idx" ON "ProgressReport"("itemCode", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SignIn_sessionCode_personId_key" ON "SignIn"("sessionCode", "personId");
