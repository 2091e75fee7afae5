-- CreateTable
CREATE TABLE "Refusal" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "inboxKey" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "Refusal_at_idx" ON "Refusal"("at");
