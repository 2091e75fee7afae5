-- CreateTable
CREATE TABLE "Material" (
    "id" SERIAL NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT,
    "name" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL DEFAULT '',
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "hash" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TIMESTAMP(3) NOT NULL,
    "itemCode" TEXT,
    "attachedAt" TIMESTAMP(3),

    CONSTRAINT "Material_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Material_state_notBefore_idx" ON "Material"("state", "notBefore");

-- CreateIndex
CREATE INDEX "Material_itemCode_idx" ON "Material"("itemCode");

-- CreateIndex
CREATE INDEX "Material_personId_at_idx" ON "Material"("personId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Material_inboxKey_position_key" ON "Material"("inboxKey", "position");
