-- AlterTable
ALTER TABLE "Setting" ADD COLUMN "endedAt" DATETIME;
ALTER TABLE "Setting" ADD COLUMN "until" TEXT;

-- AlterTable
ALTER TABLE "Material" ADD COLUMN "sessionCode" TEXT;

-- CreateTable
CREATE TABLE "PlaceAsked" (
    "personId" TEXT NOT NULL PRIMARY KEY,
    "purpose" TEXT NOT NULL,
    "sessionCode" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "VenuePlace" (
    "venue" TEXT NOT NULL PRIMARY KEY,
    "latitude" REAL NOT NULL,
    "longitude" REAL NOT NULL,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "TimeNode" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "date" TEXT NOT NULL,
    "time" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL,
    "scope" TEXT NOT NULL DEFAULT '[]',
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "endedAt" DATETIME
);

-- CreateTable
CREATE TABLE "TimeNodeChange" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "nodeId" INTEGER NOT NULL,
    "before" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "TimeNode_date_idx" ON "TimeNode"("date");

-- CreateIndex
CREATE INDEX "TimeNodeChange_nodeId_idx" ON "TimeNodeChange"("nodeId");

-- CreateIndex
CREATE INDEX "Material_sessionCode_idx" ON "Material"("sessionCode");
