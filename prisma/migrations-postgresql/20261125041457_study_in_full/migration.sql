-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "publishedAt" TIMESTAMP(3),
ADD COLUMN     "topicId" INTEGER;

-- AlterTable
ALTER TABLE "Reflection" ADD COLUMN     "similarTo" INTEGER,
ADD COLUMN     "title" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "WeekResult" (
    "id" SERIAL NOT NULL,
    "week" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "WeekResult_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StudyTopic" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "material" TEXT,
    "rank" INTEGER NOT NULL,
    "removedAt" TIMESTAMP(3),

    CONSTRAINT "StudyTopic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StudyEvent" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "form" TEXT,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "byId" TEXT NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "StudyEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StudyForm" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "minimum" INTEGER,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "StudyForm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Draft" (
    "id" SERIAL NOT NULL,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "startedAt" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "approvedBy" TEXT,
    "approvedAt" TIMESTAMP(3),
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Opinion" (
    "id" SERIAL NOT NULL,
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMP(3),
    "answeredBy" TEXT,

    CONSTRAINT "Opinion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TestQuestion" (
    "id" SERIAL NOT NULL,
    "bank" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "options" TEXT NOT NULL,
    "answer" TEXT NOT NULL,

    CONSTRAINT "TestQuestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Exam" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "bank" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "opensAt" TIMESTAMP(3) NOT NULL,
    "closesAt" TIMESTAMP(3) NOT NULL,
    "scope" TEXT NOT NULL DEFAULT '[]',
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "Exam_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExamPaper" (
    "id" SERIAL NOT NULL,
    "examId" INTEGER NOT NULL,
    "personId" TEXT NOT NULL,
    "tryNo" INTEGER NOT NULL,
    "questions" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "finishedAt" TIMESTAMP(3),
    "right" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ExamPaper_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExamAnswer" (
    "id" SERIAL NOT NULL,
    "paperId" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "answer" TEXT NOT NULL,
    "right" BOOLEAN NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ExamAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Contest" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "judges" TEXT NOT NULL,
    "scale" INTEGER NOT NULL,
    "deadline" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "Contest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContestEntry" (
    "id" SERIAL NOT NULL,
    "contestId" INTEGER NOT NULL,
    "personId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "ContestEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContestScore" (
    "id" SERIAL NOT NULL,
    "entryId" INTEGER NOT NULL,
    "judgeId" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "comment" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ContestScore_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StudyLink" (
    "id" SERIAL NOT NULL,
    "fromKind" TEXT NOT NULL,
    "fromId" INTEGER NOT NULL,
    "toKind" TEXT NOT NULL,
    "itemCode" TEXT,
    "text" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "confirmedBy" TEXT,
    "at" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "StudyLink_pkey" PRIMARY KEY ("id")
);

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
