-- AlterTable
ALTER TABLE "Session" ADD COLUMN "publishedAt" DATETIME;
ALTER TABLE "Session" ADD COLUMN "topicId" INTEGER;

-- CreateTable
CREATE TABLE "WeekResult" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "week" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "StudyTopic" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "material" TEXT,
    "rank" INTEGER NOT NULL,
    "removedAt" DATETIME
);

-- CreateTable
CREATE TABLE "StudyEvent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "form" TEXT,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "byId" TEXT NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "StudyForm" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "minimum" INTEGER,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Draft" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "startedAt" DATETIME NOT NULL,
    "closedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Setting" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "approvedBy" TEXT,
    "approvedAt" DATETIME,
    "closedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Opinion" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "answer" TEXT,
    "answeredAt" DATETIME,
    "answeredBy" TEXT
);

-- CreateTable
CREATE TABLE "TestQuestion" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "bank" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "options" TEXT NOT NULL,
    "answer" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Exam" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "title" TEXT NOT NULL,
    "bank" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "opensAt" DATETIME NOT NULL,
    "closesAt" DATETIME NOT NULL,
    "scope" TEXT NOT NULL DEFAULT '[]',
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "closedAt" DATETIME
);

-- CreateTable
CREATE TABLE "ExamPaper" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "examId" INTEGER NOT NULL,
    "personId" TEXT NOT NULL,
    "tryNo" INTEGER NOT NULL,
    "questions" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "right" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "ExamAnswer" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "paperId" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "answer" TEXT NOT NULL,
    "right" BOOLEAN NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Contest" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "title" TEXT NOT NULL,
    "judges" TEXT NOT NULL,
    "scale" INTEGER NOT NULL,
    "deadline" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "closedAt" DATETIME
);

-- CreateTable
CREATE TABLE "ContestEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "contestId" INTEGER NOT NULL,
    "personId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "ContestScore" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "entryId" INTEGER NOT NULL,
    "judgeId" TEXT NOT NULL,
    "score" REAL NOT NULL,
    "comment" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "StudyLink" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "fromKind" TEXT NOT NULL,
    "fromId" INTEGER NOT NULL,
    "toKind" TEXT NOT NULL,
    "itemCode" TEXT,
    "text" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "confirmedBy" TEXT,
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Reflection" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME,
    "similarTo" INTEGER
);
INSERT INTO "new_Reflection" ("at", "departmentCode", "id", "inboxKey", "personId", "text", "undoneAt") SELECT "at", "departmentCode", "id", "inboxKey", "personId", "text", "undoneAt" FROM "Reflection";
DROP TABLE "Reflection";
ALTER TABLE "new_Reflection" RENAME TO "Reflection";
CREATE INDEX "Reflection_personId_at_idx" ON "Reflection"("personId", "at");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "WeekResult_week_departmentCode_key" ON "WeekResult"("week", "departmentCode");

-- CreateIndex
CREATE UNIQUE INDEX "StudyTopic_title_key" ON "StudyTopic"("title");

-- CreateIndex
CREATE INDEX "StudyEvent_departmentCode_date_idx" ON "StudyEvent"("departmentCode", "date");

-- CreateIndex
CREATE UNIQUE INDEX "StudyForm_name_key" ON "StudyForm"("name");

-- CreateIndex
CREATE INDEX "Draft_personId_closedAt_idx" ON "Draft"("personId", "closedAt");

-- CreateIndex
CREATE INDEX "Setting_key_id_idx" ON "Setting"("key", "id");

-- CreateIndex
CREATE INDEX "Opinion_answeredAt_at_idx" ON "Opinion"("answeredAt", "at");

-- CreateIndex
CREATE UNIQUE INDEX "TestQuestion_bank_no_key" ON "TestQuestion"("bank", "no");

-- CreateIndex
CREATE UNIQUE INDEX "ExamPaper_examId_personId_tryNo_key" ON "ExamPaper"("examId", "personId", "tryNo");

-- CreateIndex
CREATE UNIQUE INDEX "ExamAnswer_paperId_place_key" ON "ExamAnswer"("paperId", "place");

-- CreateIndex
CREATE INDEX "ContestEntry_contestId_idx" ON "ContestEntry"("contestId");

-- CreateIndex
CREATE UNIQUE INDEX "ContestScore_entryId_judgeId_key" ON "ContestScore"("entryId", "judgeId");

-- CreateIndex
CREATE INDEX "StudyLink_fromKind_fromId_idx" ON "StudyLink"("fromKind", "fromId");
