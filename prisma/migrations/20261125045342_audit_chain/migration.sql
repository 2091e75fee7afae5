-- CreateTable
CREATE TABLE "AuditHead" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "lines" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "sign" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "SealProbe" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "probe" TEXT NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Audit" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "hash" TEXT NOT NULL DEFAULT ''
);
INSERT INTO "new_Audit" ("actor", "at", "command", "id", "inboxKey", "intent", "outcome") SELECT "actor", "at", "command", "id", "inboxKey", "intent", "outcome" FROM "Audit";
DROP TABLE "Audit";
ALTER TABLE "new_Audit" RENAME TO "Audit";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
